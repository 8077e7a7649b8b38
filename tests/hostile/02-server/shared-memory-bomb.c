// tries: to take all memory, shared, in many processes
// score: 5
// says: took more memory than it may
#include <sys/mman.h>

static void attack(void)
{
    const size_t size = 1 << 24;

    for (;;) {
        void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory != MAP_FAILED)
            memset(memory, 1, size);
        fork();
    }
}
