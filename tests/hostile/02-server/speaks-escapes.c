// tries: to give commands to the instructor's terminal
// score: 5
// says: \?\]0;mine
// never: u001b
static void attack(void)
{
    fputs("\033]0;mine\007\033[2J\033[1;31m100/100\033[0m\r\n", stderr);
    exit(1);
}
