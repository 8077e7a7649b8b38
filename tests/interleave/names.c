// Values of all types, in all kinds of memory, which two threads share.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum state { FREE, HELD, SOLD };

struct seat {
    const char *holder;
    enum state state;
    char row;
    bool aisle;
    union {
        float price;
        short discount;
    } worth;
    struct {
        int x, y;
    } at;
};

struct node {
    struct node *next;
    int value;
};

typedef struct {
    int id;
    struct seat *seat;
} customer;

static struct seat seats[8];
static int board[2][3];
static char title[8];
static struct node *list;
static void (*action)(void);
static double income;
static unsigned char byte;
static int *chosen;

static void cheer(void)
{
}

static void *come(void *argument)
{
    customer *self = argument;

    seats[7].holder = "alice";
    seats[7].state = HELD;
    seats[7].row = 'c';
    seats[7].aisle = true;
    seats[7].worth.price = 12.5F;
    seats[7].at.y = -3;
    board[1][2] = 5;
    strcpy(title, "Hamlet");
    list->next->value = 42;
    action = cheer;
    income = 0.25;
    byte = 200;
    chosen = &board[1][0];
    self->id = 9;
    self->seat = &seats[3];
    seats[7].holder = NULL;
    return NULL;
}

int main(void)
{
    pthread_t thread;
    customer customers[2] = {{1, NULL}, {2, NULL}};

    list = calloc(1, sizeof *list);
    list->next = calloc(1, sizeof *list);
    struct node *spare = malloc(sizeof *spare);
    void *unknown = malloc(100);
    list->next->next = spare;
    pthread_create(&thread, NULL, come, &customers[1]);
    pthread_join(thread, NULL);
    assert(seats[7].holder != NULL || seats[7].state == FREE ||
           seats[7].row + seats[7].aisle + seats[7].at.y < 0 ||
           seats[7].worth.price < 0 || board[1][2] == 0 ||
           strcmp(title, "Othello") == 0 || list->next->value == 0 ||
           action == NULL || income < 0 || byte == 0 || chosen == NULL);
    free(unknown);
    free(spare);
    return 0;
}
