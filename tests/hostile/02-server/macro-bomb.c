// tries: to keep the compiler busy for ever
// score: 0
// says: compiling it takes more than
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(x)))
#define C(x) B(B(B(x)))
static void attack(void)
{
    C(puts("more");)
}
