// constants: memory of the program that never changes, from its file.
#include <elf.h>
#include <string.h>
#include <unistd.h>

#include "symbols.h"
#include "units.h"

// Where in the file the address of a segment that nobody can write to is.
static bool find(int file, uint64_t address, off_t *offset, uint64_t *left)
{
    Elf64_Ehdr header;
    Elf64_Phdr segment;

    if (pread(file, &header, sizeof header, 0) != sizeof header ||
        header.e_ident[EI_CLASS] != ELFCLASS64)
        return false;
    for (int i = 0; i < header.e_phnum; i++) {
        off_t place = (off_t)(header.e_phoff + (uint64_t)i * sizeof segment);

        if (pread(file, &segment, sizeof segment, place) != sizeof segment)
            return false;
        if (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) == 0 &&
            segment.p_vaddr <= address &&
            address < segment.p_vaddr + segment.p_filesz) {
            *left = segment.p_vaddr + segment.p_filesz - address;
            *offset = (off_t)(segment.p_offset + address - segment.p_vaddr);
            return true;
        }
    }
    return false;
}

bool symbols_constant(struct symbols *symbols, uint64_t address, char *bytes,
                      size_t size)
{
    off_t offset;
    uint64_t left;

    if (symbols == NULL || !find(symbols->file, address, &offset, &left))
        return false;
    memset(bytes, 0, size);
    return pread(symbols->file, bytes, left < size ? left : size, offset) > 0;
}
