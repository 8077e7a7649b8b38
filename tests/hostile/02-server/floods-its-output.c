// tries: to fill the disk with its output
// score: 5
// says: ended with exit status 1
static void attack(void)
{
    for (int i = 0; i < 1 << 21; i++)
        puts("listening on no port");
    exit(1);
}
