// tries: to read a file of the machine through the compiler's complaints
// score: 0
// says: No such file
// never: root:
#include "/etc/shadow"
static void attack(void)
{
}
