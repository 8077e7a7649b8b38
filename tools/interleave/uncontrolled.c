#include "uncontrolled.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object_names.h"

// Each reason is given once, however many functions there are.
static struct reason {
    const char *functions; // a space before and behind each name
    const char *sentence;
    bool said;
} reasons[] = {
    {" posix_spawn posix_spawnp system popen ",
     "starts other programs, which run on their own", false},
    {" execl execlp execle execv execve execvp execvpe fexecve ",
     "becomes another program, with which the run ends", false},
    {" fork vfork clone __clone ",
     "makes other processes, which run on their own", false},
    {" alarm ualarm setitimer timer_settime ",
     "sets timers of the kernel's: here they never go off", false},
    {" shm_open shmget shmat ",
     "shares memory with other processes, which are not scheduled", false},
    {" mq_open mq_send mq_receive mq_timedsend mq_timedreceive msgget msgsnd "
     "msgrcv semget semop semtimedop ",
     "uses queues or semaphores of the kernel's: a thread that waits there "
     "stops all others",
     false},
    {" getcontext setcontext makecontext swapcontext ",
     "switches contexts: what runs in one counts as its thread's", false},
    {" dlopen dlmopen dlsym ",
     "loads libraries while it runs: their calls and accesses are not seen",
     false},
    {" syscall ", "calls the kernel directly: not seen", false},
    {" io_uring_setup io_uring_enter io_uring_queue_init io_setup aio_read "
     "aio_write lio_listio ",
     "reads and writes in the background: not seen", false},
    {" epoll_pwait2 timerfd_create eventfd signalfd inotify_init "
     "inotify_init1 ",
     "waits in the kernel: a thread that waits there stops all others", false},
    {" longjmp siglongjmp _longjmp ",
     "jumps between functions: stacks in reports may be wrong behind a jump",
     false},
};

static bool has_word(const char *words, const char *word)
{
    char with_spaces[128];

    snprintf(with_spaces, sizeof with_spaces, " %.120s ", word);
    return strstr(words, with_spaces) != NULL;
}

static void say(const char *function, const char *sentence)
{
    fprintf(stderr, "interleave: not controlled: %s (the program %s)\n",
            function, sentence);
}

static void look_up(const char *function)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (!reasons[i].said && has_word(reasons[i].functions, function)) {
            reasons[i].said = true;
            say(function, reasons[i].sentence);
        }
}

static void look_at(const char *name, bool defined, void *unused)
{
    (void)unused;
    if (!defined)
        look_up(name);
}

void uncontrolled_look_at(const char *object)
{
    object_names(object, look_at, NULL);
}

static bool is_assembly(const char *line)
{
    static const char *const words[] = {"asm", "__asm__", "__asm"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = strstr(line, words[i]);
        size_t length = strlen(words[i]);

        if (at == NULL ||
            (at > line && (isalnum((unsigned char)at[-1]) || at[-1] == '_')))
            continue;
        at += length;
        at += strspn(at, " \t");
        if (*at == '(' || strncmp(at, "volatile", 8) == 0 ||
            strncmp(at, "__volatile__", 12) == 0)
            return true;
    }
    return false;
}

void uncontrolled_look_into(const char *source)
{
    static bool said;
    FILE *file = fopen(source, "r");
    char *line = NULL;
    size_t size = 0;

    while (file != NULL && !said && getline(&line, &size, file) > 0)
        if (is_assembly(line)) {
            said = true;
            say("inline assembly", "accesses memory there unseen");
        }
    free(line);
    if (file != NULL)
        fclose(file);
}
