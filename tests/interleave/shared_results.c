// Two threads call what keeps its result, or its place, in memory that all
// share. The argument says what; "safe": its sibling instead.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *what;
static char buffer[16];
static int file;

static void use(void)
{
    const time_t now = 1000;
    struct tm parts;
    char text[64] = "a b";

    if (strcmp(what, "strtok") == 0)
        strtok(text, " ");
    else if (strcmp(what, "localtime") == 0)
        localtime(&now);
    else if (strcmp(what, "strerror") == 0)
        strerror(5);
    else if (strcmp(what, "inet_ntoa") == 0)
        inet_ntoa((struct in_addr){1});
    else if (strcmp(what, "gethostbyname") == 0)
        gethostbyname("127.0.0.1");
    else if (strcmp(what, "setenv") == 0)
        setenv("NAME", "value", 1);
    else if (strcmp(what, "read") == 0)
        (void)!read(file, buffer, sizeof buffer);
    else if (strcmp(what, "sscanf") == 0)
        sscanf("seat 7", "%*s %15s", buffer);
    else if (strcmp(what, "pread") == 0)
        (void)!pread(file, buffer, sizeof buffer, 0);
    else
        localtime_r(&now, &parts);
}

static void *work(void *argument)
{
    use();
    return argument;
}

int main(int argc, char *argv[])
{
    pthread_t thread;

    what = argc > 1 ? argv[1] : "safe";
    file = open("/etc/passwd", O_RDONLY);
    pthread_create(&thread, NULL, work, NULL);
    use();
    pthread_join(thread, NULL);
    return 0;
}
