// tries: to read hidden checks, the solution, and what others have handed in
// score: 5
// says: found 0 files
#include <glob.h>

static void attack(void)
{
    static const char *const places[] = {
        KIT "/solutions/*/*",
        KIT "/labs/*",
        KIT "/tests/*",
        "/root/*",
        "/home/*/*",
        "/etc/shadow",
        "/etc/passwd",
        "/tmp/box-office.*/one/*/record",
        "/tmp/box-office.*/one/*/files/*",
        "/tmp/box-office.*/kit/solutions/*",
        "/proc/1/root/etc/passwd",
        "/proc/1/cwd/solutions",
        "/var/*",
    };
    glob_t found = {0};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        glob(places[i], i > 0 ? GLOB_APPEND : 0, NULL, &found);
    printf("found %zu files: %s\n", found.gl_pathc,
           found.gl_pathc > 0 ? found.gl_pathv[0] : "");
    exit(0);
}
