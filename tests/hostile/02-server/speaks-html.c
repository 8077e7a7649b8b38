// tries: to put a script into the instructor's page
// score: 5
// says: <script>
// never-in-page: <script>alert
static void attack(void)
{
    fputs("<script>alert(1)</script><img src=x onerror=alert(1)>\n", stderr);
    exit(1);
}
