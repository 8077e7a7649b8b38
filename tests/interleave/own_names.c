// Functions and a variable that have names of the system's, without its
// headers.
#include <assert.h>

static int mail;
int time = 7;

void send(int letter)
{
    mail = letter;
}

int accept(int letter)
{
    return letter == mail;
}

int main(void)
{
    send(3);
    assert(accept(3) && time == 7);
    return 0;
}
