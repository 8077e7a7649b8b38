// tries: nothing more
// score: 5
// says: printed nothing
static void attack(void)
{
    for (;;)
        continue;
}
