// A function that is in no section of a program.
int lone(void *context) {
    return 0;
}
