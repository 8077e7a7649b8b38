// tries: to fill the disk with its output
// score: 5
// says: printed nothing
static void attack(void)
{
    for (;;)
        puts("listening on no port");
}
