// What could be done with our descriptors and is not handled: it is said once,
// instead of waiting for ever.
#include <sys/epoll.h>

#include "end.h"
#include "run.h"

int interleave_epoll_ctl(int set, int operation, int descriptor,
                         struct epoll_event *event)
{
    if (!run_is_over && end_at(descriptor) != NULL)
        run_end(FINDING_UNJUDGED,
                "epoll on sockets and pipes is not handled (poll and select "
                "are)");
    return epoll_ctl(set, operation, descriptor, event);
}
