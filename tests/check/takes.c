// takes MIB PROCESSES: takes so much memory in each of so many processes, and
// waits.
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    if (argc != 3)
        return 2;
    size_t size = (size_t)atoi(argv[1]) << 20;
    for (int i = 1; i < atoi(argv[2]); i++)
        if (fork() == 0)
            break;
    volatile char *memory = malloc(size);
    if (memory == NULL)
        return 1;
    for (size_t i = 0; i < size; i += 4096)
        memory[i] = 1;
    pause();
    free((char *)memory);
    return 0;
}
