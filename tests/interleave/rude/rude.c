// Programs that misbehave; the argument says how.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int table[4];
static const char *log_file;

static void *in_thread(void *(*start)(void *))
{
    pthread_t thread;
    void *result = NULL;

    if (pthread_create(&thread, NULL, start, NULL) != 0)
        exit(9);
    pthread_join(thread, &result);
    return result;
}

static void *nothing(void *argument)
{
    return argument;
}

// ---- faults ----

static void *fault(void *argument)
{
    static int *volatile nowhere = (int *)8;

    *nowhere = 1;
    return argument;
}

static long deeper(long depth)
{
    volatile char room[1000];

    room[0] = (char)depth;
    if (depth < 0) // never
        return 0;
    return deeper(depth + 1) + room[0];
}

static void *overflow(void *argument)
{
    deeper(0);
    return argument;
}

static void leave(int signal)
{
    (void)signal;
    _exit(0);
}

static void stay(int signal)
{
    (void)signal;
}

static void hidden_fault(void)
{
    signal(SIGSEGV, leave);
    in_thread(fault);
}

static void repeated_fault(void)
{
    signal(SIGSEGV, stay);
    in_thread(fault);
}

static void wild_index(void)
{
    int *volatile place = table;

    for (int i = 0; i < 1 << 24; i++)
        place[i] = -1;
}

static void *fill_around(void *argument)
{
    memset(argument, 0xff, 1 << 20);
    return argument;
}

static void wild_memory(void)
{
    pthread_t thread;
    char small[16];

    pthread_create(&thread, NULL, fill_around, small);
    pthread_join(thread, NULL);
}

// Whatever the process shares with others, by way of the kernel: no function
// sees it coming.
static void scribble(const char *kind)
{
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    int noise = open("/dev/urandom", O_RDONLY);
    unsigned long first, last;

    while (fgets(line, sizeof line, maps) != NULL)
        if (strstr(line, kind) != NULL && strstr(line, "rw-s") != NULL &&
            sscanf(line, "%lx-%lx", &first, &last) == 2)
            for (; first < last; first += 4096)
                if (read(noise, (void *)first, 4096) < 0)
                    break;
}

static void wild_sharing(void)
{
    scribble("interleave");
}

// ---- no end ----

static void *loop(void *argument)
{
    for (;;)
        table[0]++; // @loop
    return argument;
}

static void *spin(void *argument)
{
    for (;;)
        continue; // @spin
    return argument;
}

static void *look(void *argument)
{
    while (table[0] == 0)
        continue;
    return argument;
}

static void *print(void *argument)
{
    for (;;)
        puts("and another line");
    return argument;
}

static void *wait_on(void *argument)
{
    for (;;)
        pause();
    return argument;
}

static void endless_thread(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait_on, NULL);
}

static void endless_memory(void)
{
    static char *volatile memory;

    while ((memory = malloc(1 << 20)) != NULL)
        memory[0] = 1;
}

// ---- other processes ----

static void forks(void)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        in_thread(nothing);
        _exit(7);
    }
    if (waitpid(child, &status, 0) != child || WEXITSTATUS(status) != 7)
        abort();
    in_thread(nothing);
}

static void say_pid(void)
{
    FILE *file = fopen(log_file, "a");

    fprintf(file, "%d\n", (int)getpid());
    fclose(file);
}

// The one that stays has left the group, and its parent has ended.
static void fork_and_stay(void)
{
    int ends[2];
    char byte;

    setsid();
    if (pipe(ends) < 0)
        abort();
    if (fork() == 0) {
        say_pid();
        if (write(ends[1], "", 1) == 1)
            for (;;)
                pause();
    }
    if (read(ends[0], &byte, 1) == 1)
        _exit(0);
}

static void forks_and_forgets(void)
{
    pid_t child = fork();

    if (child == 0)
        fork_and_stay();
    waitpid(child, NULL, 0);
    in_thread(nothing);
}

static void forks_for_ever(void)
{
    if (fork() == 0) {
        say_pid();
        for (;;)
            pause();
    }
    for (;;)
        table[0]++;
}

static void fork_bomb(void)
{
    for (;;)
        if (fork() < 0 && errno == EAGAIN)
            _exit(0);
}

static void becomes_another(void)
{
    execl("/bin/true", "true", (char *)NULL);
    abort();
}

static void becomes_nobody(void)
{
    execl("/does/not/exist", "true", (char *)NULL);
    in_thread(nothing);
}

// ---- what is not its own ----

static void closes_all(void)
{
    for (int i = 3; i < 1024; i++)
        close(i);
    in_thread(nothing);
}

static void kills_others(void)
{
    if (kill(getppid(), SIGKILL) == 0 || kill(-1, SIGKILL) == 0)
        abort();
}

static void no_memory(void)
{
    struct rlimit limit = {0, 0};
    pthread_t thread;

    setrlimit(RLIMIT_AS, &limit);
    if (pthread_create(&thread, NULL, nothing, NULL) != EAGAIN)
        abort();
}

// ---- the end ----

static void *exits(void *argument)
{
    exit(3);
    return argument;
}

static void *exits_at_once(void *argument)
{
    _exit(3);
    return argument;
}

static void *exits_quickly(void *argument)
{
    quick_exit(3);
    return argument;
}

static void exit_again(void)
{
    exit(3);
}

static void exits_twice(void)
{
    atexit(exit_again);
    exit(1);
}

static pthread_t late;

static void join_late(void)
{
    pthread_join(late, NULL);
}

static void joins_at_exit(void)
{
    pthread_create(&late, NULL, nothing, NULL);
    atexit(join_late);
    exit(3);
}

static void leaves_main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, exits, NULL);
    pthread_exit(NULL);
}

static void *abort_there(void *argument)
{
    abort();
    return argument;
}

static void many_threads(void)
{
    static pthread_t thread[250];

    for (int i = 0; i < 250; i++)
        if (pthread_create(&thread[i], NULL, nothing, NULL) != 0)
            abort();
    for (int i = 0; i < 250; i++)
        pthread_join(thread[i], NULL);
}

static void signals_itself(void)
{
    raise(SIGTERM);
}

static void kills_itself(void)
{
    kill(getpid(), SIGKILL);
}

static void stops_itself(void)
{
    raise(SIGSTOP);
}

static const struct {
    const char *name;
    void *(*in_thread)(void *);
    void (*here)(void);
} ways[] = {
    {"fault", fault, NULL},
    {"overflow", overflow, NULL},
    {"hidden_fault", NULL, hidden_fault},
    {"repeated_fault", NULL, repeated_fault},
    {"wild_index", NULL, wild_index},
    {"wild_memory", NULL, wild_memory},
    {"wild_sharing", NULL, wild_sharing},
    {"loop", loop, NULL},
    {"spin", spin, NULL},
    {"look", look, NULL},
    {"print", print, NULL},
    {"endless_thread", NULL, endless_thread},
    {"endless_memory", NULL, endless_memory},
    {"forks", NULL, forks},
    {"forks_and_forgets", NULL, forks_and_forgets},
    {"forks_for_ever", NULL, forks_for_ever},
    {"fork_bomb", NULL, fork_bomb},
    {"becomes_another", NULL, becomes_another},
    {"becomes_nobody", NULL, becomes_nobody},
    {"closes_all", NULL, closes_all},
    {"kills_others", NULL, kills_others},
    {"no_memory", NULL, no_memory},
    {"exits", exits, NULL},
    {"exits_at_once", exits_at_once, NULL},
    {"exits_quickly", exits_quickly, NULL},
    {"exits_twice", NULL, exits_twice},
    {"joins_at_exit", NULL, joins_at_exit},
    {"leaves_main", NULL, leaves_main},
    {"abort", abort_there, NULL},
    {"many_threads", NULL, many_threads},
    {"signals_itself", NULL, signals_itself},
    {"kills_itself", NULL, kills_itself},
    {"stops_itself", NULL, stops_itself},
};

int main(int argc, char *argv[])
{
    log_file = argc > 2 ? argv[2] : "/dev/null";
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (argc < 2 || strcmp(argv[1], ways[i].name) != 0)
            continue;
        if (ways[i].in_thread != NULL)
            in_thread(ways[i].in_thread);
        else
            ways[i].here();
        return 0;
    }
    return 99;
}
