// tries: to end well and say nothing
// score: 5
// says: ended with exit status 0
static void attack(void)
{
    exit(0);
}
