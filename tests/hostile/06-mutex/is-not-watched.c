// tries: to be left alone by ThreadSanitizer
// score: 0
// says: no_sanitize, which switches detectors off
#define QUIETLY __attribute__((no_sanitize("thread")))
QUIETLY int look(int *place);
QUIETLY int look(int *place)
{
    return *place;
}
