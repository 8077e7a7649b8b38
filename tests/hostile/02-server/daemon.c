// tries: to leave a daemon behind, which no longer is its child
// score: 100
static void attack(void)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            for (;;)
                pause();
        _exit(0);
    }
}
