// tries: to hide what the compiler has to say, as headers of the system do
// score: 0
// says: directive #line
# 1 "/usr/include/stdio.h" 3
static void attack(void)
{
    int unused;
}
