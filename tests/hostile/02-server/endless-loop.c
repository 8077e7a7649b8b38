// tries: nothing more
// score: 0
// says: printed nothing
static void attack(void)
{
    int unused; // so it fails one check that is no matter of time
    for (;;)
        continue;
}
