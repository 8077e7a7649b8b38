// tries: the same, and the compiler is not to notice
// score: 0
// says: defines pthread_mutex_unlock, a name that belongs to the system
int nothing(void *mutex) __asm__("pthread_mutex_unlock");
int nothing(void *mutex)
{
    (void)mutex;
    return 0;
}
