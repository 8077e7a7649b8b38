// tries: to read a file of the machine with the assembler
// score: 0
// says: No such file|file not found|cannot open|refused
__asm__(".incbin \"/etc/passwd\"");
static void attack(void)
{
}
