// Bug: each file has a lock and looks for a free block under it; the blocks
// have one lock each only for writing, so two files may get the same block.
#include "threads.h"

enum { FILES = 4, BLOCKS = 5 };

static int owner[BLOCKS]; // 0: free
static pthread_mutex_t file_lock[FILES], block_lock[BLOCKS];

static int claim(int block, int file)
{
    pthread_mutex_lock(&block_lock[block]);
    int is_free = owner[block] == 0;
#ifndef FIXED
    pthread_mutex_unlock(&block_lock[block]);
    if (!is_free)
        return 0;
    pthread_mutex_lock(&block_lock[block]);
#endif
    if (is_free)
        owner[block] = file + 1;
    pthread_mutex_unlock(&block_lock[block]);
    return is_free;
}

static void *allocate(void *argument)
{
    int file = (int)(intptr_t)argument, block = file % 2;

    pthread_mutex_lock(&file_lock[file]);
    while (!claim(block, file))
        block = (block + 1) % BLOCKS;
    pthread_mutex_lock(&block_lock[block]);
    assert(owner[block] == file + 1);
    pthread_mutex_unlock(&block_lock[block]);
    pthread_mutex_unlock(&file_lock[file]);
    return NULL;
}

int main(void)
{
    int used = 0;

    for (int i = 0; i < FILES; i++)
        pthread_mutex_init(&file_lock[i], NULL);
    for (int i = 0; i < BLOCKS; i++)
        pthread_mutex_init(&block_lock[i], NULL);
    start_many(allocate, FILES);
    join_all();
    for (int i = 0; i < BLOCKS; i++)
        used += owner[i] != 0;
    assert(used == FILES);
    return 0;
}
