// tries: to fill the disk with its complaints
// score: 5
// says: ended by signal 25
static void attack(void)
{
    for (;;)
        fputs("a line of an endless text, and then one more of them\n", stderr);
}
