// tries: to be compiled with the solution
// score: 0
// says: No such file
#include KIT_SOLUTION
static void attack(void)
{
}
