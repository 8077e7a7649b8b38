// tries: to keep the compiler reading for ever
// score: 0
// says: compiling it takes more than|fatal error|not built
#include "/dev/zero"
static void attack(void)
{
}
