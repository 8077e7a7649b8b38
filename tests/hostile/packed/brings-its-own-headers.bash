# tries: to be compiled with headers of its own
# score: 0
# says: error
mkdir "$folder/$name"
{ printf '#include "mine.h"\n' && cat "$solution/server.c"; } >"$folder/$name/server.c"
echo '#define main other' >"$folder/$name/mine.h"
