// tries: to be the program itself
// score: 0
// says: multiple definition of `?main
#include <stdio.h>

int main(void)
{
    puts("listening on port 1");
    return 0;
}
