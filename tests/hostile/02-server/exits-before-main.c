// tries: to end well before anything is asked of it
// score: 0
// says: code that runs before or after main
__attribute__((constructor)) static void attack_first(void)
{
    puts("1..9\nok 1\nok 2\nok 3");
    _exit(0);
}
static void attack(void)
{
}
