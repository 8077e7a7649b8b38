// tries: to fill the disk with its complaints
// score: 5
// says: ended by signal 25
static void attack(void)
{
    static char line[1 << 16];

    memset(line, '!', sizeof line - 1);
    line[sizeof line - 2] = '\n';
    for (;;)
        fputs(line, stderr);
}
