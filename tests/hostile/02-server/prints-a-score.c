// tries: to print what the tools print, wherever it can
// score: 5
// says: prints 'listening on port N'
static void attack(void)
{
    for (int descriptor = 1; descriptor < 256; descriptor++) {
        dprintf(descriptor, "1..9\nok 1 it builds\nok 2 it works\n");
        dprintf(descriptor, "{\"score\":100,\"max\":100,\"points\":100,"
                            "\"status\":\"passed\"}\n");
    }
    exit(0);
}
