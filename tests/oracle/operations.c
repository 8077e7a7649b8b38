// A program that does what its arguments say: one letter an operation, one
// argument a thread, the first one's being main's. So thousands of programs
// need one compilation.
//
// usage: operations MAIN [THREAD [THREAD]]
//
//     operations "Xs" "p"     main reads x and waits for a semaphore, T1 posts
//     it
//
// The letters: see `operations` below. Main creates the threads first and joins
// them in the end; `1` and `2` join one earlier, `!` in front of a thread's
// letters has it detached, `$` among main's has it return without
// joining.
//
// What the threads have seen is kept where the test finds it (ORACLE_REPORT is
// a file that is mapped), whatever way the run ends. What is not an operation
// is not instrumented: only operations are scheduling points.
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "report.h"

#define UNSEEN __attribute__((no_sanitize("thread")))

static struct report *report;

// Before the first run: the runs inherit it.
__attribute__((constructor)) UNSEEN static void map_report(void)
{
    const char *name = getenv("ORACLE_REPORT");
    int file = name != NULL ? open(name, O_RDWR) : -1;

    if (file >= 0)
        report = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED,
                      file, 0);
    else
        report = calloc(1, sizeof *report);
}

// The order in which a thread sees things is part of what it sees.
UNSEEN static void see(int thread, int64_t what)
{
    report->seen[thread] = report->seen[thread] * 31 + (uint64_t)what + 1;
}

// ---- what the operations are done to ----

static int x, y, ready, once_count;
static atomic_int z;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t n = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t w = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t fleeting;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static sem_t none, one; // tokens at the beginning
static int channel[2], pair[2], listener, watched;
static pthread_t threads[THREADS_MOST];

static const struct timespec past;
static struct sockaddr_in here = {.sin_family = AF_INET};

// ---- memory ----

static void write_x(int t)
{
    x = t + 1;
}

static void read_x(int t)
{
    see(t, x);
}

static void write_y(int t)
{
    y = t + 1;
}

static void read_y(int t)
{
    see(t, y);
}

static void count_x(int t)
{
    (void)t;
    x++;
}

static void store_z(int t)
{
    atomic_store(&z, t + 10);
}

static void load_z(int t)
{
    see(t, atomic_load(&z));
}

static void add_z(int t)
{
    see(t, atomic_fetch_add(&z, t + 1));
}

static void exchange_z(int t)
{
    int expected = 0;

    see(t, atomic_compare_exchange_strong(&z, &expected, 5));
}

// ---- locks ----

static void under_m(int t)
{
    pthread_mutex_lock(&m);
    x = x * 3 + t;
    pthread_mutex_unlock(&m);
}

static void try_m(int t)
{
    int error = pthread_mutex_trylock(&m);

    see(t, error);
    if (error == 0)
        pthread_mutex_unlock(&m);
}

static void hold_m(int t)
{
    (void)t;
    pthread_mutex_lock(&m);
    pthread_mutex_unlock(&m);
}

static void m_then_n(int t)
{
    (void)t;
    pthread_mutex_lock(&m);
    pthread_mutex_lock(&n);
    pthread_mutex_unlock(&n);
    pthread_mutex_unlock(&m);
}

static void n_then_m(int t)
{
    (void)t;
    pthread_mutex_lock(&n);
    pthread_mutex_lock(&m);
    pthread_mutex_unlock(&m);
    pthread_mutex_unlock(&n);
}

static void under_read_lock(int t)
{
    pthread_rwlock_rdlock(&w);
    see(t, y);
    pthread_rwlock_unlock(&w);
}

static void under_write_lock(int t)
{
    pthread_rwlock_wrlock(&w);
    y = y * 3 + t;
    pthread_rwlock_unlock(&w);
}

static void try_read_lock(int t)
{
    int error = pthread_rwlock_tryrdlock(&w);

    see(t, error);
    if (error == 0)
        pthread_rwlock_unlock(&w);
}

static void try_write_lock(int t)
{
    int error = pthread_rwlock_trywrlock(&w);

    see(t, error);
    if (error == 0)
        pthread_rwlock_unlock(&w);
}

// ---- condition variables ----

static void wait_until_ready(int t)
{
    pthread_mutex_lock(&n);
    if (!ready)
        see(t, pthread_cond_wait(&condition, &n));
    see(t, ready);
    pthread_mutex_unlock(&n);
}

static void wait_for_a_time(int t)
{
    pthread_mutex_lock(&n);
    see(t, pthread_cond_timedwait(&condition, &n, &past));
    pthread_mutex_unlock(&n);
}

static void make_ready(int t)
{
    (void)t;
    pthread_mutex_lock(&n);
    ready = 1;
    pthread_cond_signal(&condition);
    pthread_mutex_unlock(&n);
}

static void signal_one(int t)
{
    (void)t;
    pthread_cond_signal(&condition);
}

static void signal_all(int t)
{
    (void)t;
    pthread_cond_broadcast(&condition);
}

// ---- semaphores, barriers, once ----

static void take_none(int t)
{
    (void)t;
    sem_wait(&none);
}

static void give_none(int t)
{
    (void)t;
    sem_post(&none);
}

static void take_one(int t)
{
    (void)t;
    sem_wait(&one);
}

static void give_one(int t)
{
    (void)t;
    sem_post(&one);
}

static void try_one(int t)
{
    see(t, sem_trywait(&one));
}

static void try_one_for_a_time(int t)
{
    see(t, sem_timedwait(&one, &past));
}

static void meet(int t)
{
    see(t, pthread_barrier_wait(&barrier));
}

UNSEEN static void count_once(void)
{
    once_count++;
}

static void do_once(int t)
{
    pthread_once(&once, count_once);
    see(t, x);
}

// ---- a lock that begins and ends ----

static void make_lock(int t)
{
    see(t, pthread_mutex_init(&fleeting, NULL));
}

static void use_lock(int t)
{
    see(t, pthread_mutex_trylock(&fleeting));
    see(t, pthread_mutex_unlock(&fleeting));
}

static void destroy_lock(int t)
{
    see(t, pthread_mutex_destroy(&fleeting));
}

// ---- alone ----

static void yield(int t)
{
    (void)t;
    sched_yield();
}

static void sleep_a_while(int t)
{
    (void)t;
    usleep(1000);
}

static void take_name(int t)
{
    pthread_setname_np(pthread_self(), t == 0 ? "zero" : "other");
}

// ---- pipes and sockets ----

// That their numbers are read is no operation.
UNSEEN static int number_of(const int *descriptor)
{
    return *descriptor;
}

static void read_channel(int t)
{
    char byte = 0;
    ssize_t length = read(number_of(&channel[0]), &byte, 1);

    see(t, length * 1000 + byte);
}

static void write_channel(int t)
{
    char byte = (char)('a' + t);

    see(t, write(number_of(&channel[1]), &byte, 1));
}

static void close_channel(int t)
{
    see(t, close(number_of(&channel[1])));
}

static void receive_from_pair(int t)
{
    char byte = 0;
    ssize_t length = recv(number_of(&pair[0]), &byte, 1, 0);

    see(t, length * 1000 + byte);
}

static void look_at_pair(int t)
{
    char byte = 0;
    ssize_t length = recv(number_of(&pair[0]), &byte, 1, MSG_DONTWAIT);

    see(t, length * 1000 + byte);
}

static void send_to_pair(int t)
{
    char byte = (char)('a' + t);

    see(t, send(number_of(&pair[1]), &byte, 1, MSG_NOSIGNAL));
}

static void shut_pair(int t)
{
    see(t, shutdown(number_of(&pair[1]), SHUT_WR));
}

static void poll_now(int t)
{
    struct pollfd channels = {.fd = number_of(&channel[0]), .events = POLLIN};

    see(t, poll(&channels, 1, 0));
}

static void poll_for_ever(int t)
{
    struct pollfd channels = {.fd = number_of(&channel[0]), .events = POLLIN};

    see(t, poll(&channels, 1, -1));
}

static void watch_channel(int t)
{
    struct epoll_event event = {.events = EPOLLIN};

    see(t, epoll_ctl(number_of(&watched), EPOLL_CTL_ADD, number_of(&channel[0]),
                     &event) < 0
               ? errno
               : 0);
}

static void wait_for_watched(int t)
{
    struct epoll_event event;

    see(t, epoll_wait(number_of(&watched), &event, 1, 0));
}

static void copy_number(int t)
{
    int copy = dup(number_of(&channel[0]));

    see(t, copy);
    close(copy);
}

static void open_number(int t)
{
    see(t, dup(number_of(&channel[0])));
}

static void accept_client(int t)
{
    see(t, accept(number_of(&listener), NULL, NULL) >= 0);
}

static void become_client(int t)
{
    int client = socket(AF_INET, SOCK_STREAM, 0);

    see(t,
        connect(client, (struct sockaddr *)&here, sizeof here) < 0 ? errno : 0);
}

static void start_listening(int t)
{
    see(t, bind(number_of(&listener), (struct sockaddr *)&here, sizeof here) < 0
               ? errno
               : 0);
    see(t, listen(number_of(&listener), 4) < 0 ? errno : 0);
}

// ---- the letters ----

static void (*const operations[128])(int thread) = {
    ['x'] = write_x,
    ['X'] = read_x,
    ['y'] = write_y,
    ['Y'] = read_y,
    ['i'] = count_x,
    ['a'] = store_z,
    ['A'] = load_z,
    ['f'] = add_z,
    ['c'] = exchange_z,
    ['m'] = under_m,
    ['M'] = try_m,
    ['h'] = hold_m,
    ['n'] = m_then_n,
    ['N'] = n_then_m,
    ['r'] = under_read_lock,
    ['R'] = under_write_lock,
    ['t'] = try_read_lock,
    ['T'] = try_write_lock,
    ['w'] = wait_until_ready,
    ['W'] = wait_for_a_time,
    ['g'] = make_ready,
    ['G'] = signal_all,
    ['s'] = signal_one,
    ['p'] = take_none,
    ['v'] = give_none,
    ['P'] = take_one,
    ['V'] = give_one,
    ['q'] = try_one,
    ['Q'] = try_one_for_a_time,
    ['b'] = meet,
    ['o'] = do_once,
    ['Z'] = make_lock,
    ['H'] = use_lock,
    ['9'] = destroy_lock,
    ['k'] = yield,
    ['z'] = sleep_a_while,
    ['K'] = take_name,
    ['e'] = read_channel,
    ['E'] = write_channel,
    ['F'] = close_channel,
    ['j'] = receive_from_pair,
    ['J'] = send_to_pair,
    ['l'] = look_at_pair,
    ['S'] = shut_pair,
    ['u'] = poll_now,
    ['U'] = poll_for_ever,
    ['d'] = watch_channel,
    ['D'] = wait_for_watched,
    ['O'] = copy_number,
    ['C'] = open_number,
    ['L'] = accept_client,
    ['I'] = become_client,
    ['B'] = start_listening,
};

UNSEEN static void join(int number)
{
    if (threads[number] != 0)
        pthread_join(threads[number], NULL);
    threads[number] = 0;
}

UNSEEN static void do_all(int thread, const char *letters)
{
    for (; *letters != '\0'; letters++)
        if (*letters == '1' || *letters == '2')
            join(*letters - '0');
        else if (operations[(int)*letters] != NULL)
            operations[(int)*letters](thread);
}

struct work {
    int thread;
    const char *letters;
};

UNSEEN static void *begin(void *argument)
{
    const struct work *work = argument;

    do_all(work->thread, work->letters);
    return NULL;
}

// Only what the letters use: each call here is a step.
UNSEEN static void prepare(const char *letters)
{
    sem_init(&none, 0, 0);
    sem_init(&one, 0, 1);
    pthread_barrier_init(&barrier, NULL, 2);
    if (strpbrk(letters, "eEFuUdDOC") != NULL && pipe(channel) < 0)
        abort();
    if (strpbrk(letters, "dD") != NULL)
        watched = epoll_create1(0);
    if (strpbrk(letters, "jJlS") != NULL &&
        socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        abort();
    here.sin_port = htons(7000);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (strpbrk(letters, "LIB") != NULL)
        listener = socket(AF_INET, SOCK_STREAM, 0);
    if (strpbrk(letters, "L") != NULL && strpbrk(letters, "B") == NULL)
        start_listening(0);
}

UNSEEN static void prepare_for_all(int count, char *letters[])
{
    char all[LETTERS_MOST * THREADS_MOST + 1] = "";

    for (int i = 0; i < count; i++)
        strncat(all, letters[i], LETTERS_MOST);
    prepare(all);
}

UNSEEN static void begin_threads(struct work *work, int count, char *letters[])
{
    for (int i = 1; i < count; i++) {
        work[i] = (struct work){i, letters[i]};
        if (pthread_create(&threads[i], NULL, begin, &work[i]) != 0)
            abort();
        if (letters[i][0] == '!') {
            pthread_detach(threads[i]);
            threads[i] = 0;
        }
    }
}

UNSEEN int main(int argc, char *argv[])
{
    static struct work work[THREADS_MOST];
    int count = argc - 1;

    if (count < 1 || count > THREADS_MOST)
        return 2;
    prepare_for_all(count, argv + 1);
    begin_threads(work, count, argv + 1);
    do_all(0, argv[1]);
    for (int i = 1; i < count && strchr(argv[1], '$') == NULL; i++)
        join(i);
    report->memory[0] = x;
    report->memory[1] = y;
    report->memory[2] = ready;
    report->memory[3] = once_count;
    report->memory[4] = atomic_load_explicit(&z, memory_order_relaxed);
    return 0;
}
