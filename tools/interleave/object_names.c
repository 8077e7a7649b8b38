#include "object_names.h"

#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

static void look_through(Elf *elf, Elf_Scn *section, const GElf_Shdr *header,
                         void (*see)(const char *, bool, void *), void *more)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t count = header->sh_entsize > 0
                       ? (size_t)(header->sh_size / header->sh_entsize)
                       : 0;
    GElf_Sym symbol;

    for (size_t i = 0; data != NULL && i < count; i++) {
        if (gelf_getsym(data, (int)i, &symbol) == NULL ||
            GELF_ST_BIND(symbol.st_info) == STB_LOCAL)
            continue;
        const char *name = elf_strptr(elf, header->sh_link, symbol.st_name);
        if (name != NULL && *name != '\0')
            see(name, symbol.st_shndx != SHN_UNDEF, more);
    }
}

void object_names(const char *path, void (*see)(const char *, bool, void *),
                  void *more)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    Elf_Scn *section = NULL;
    GElf_Shdr header;

    elf_version(EV_CURRENT);
    Elf *elf = file >= 0 ? elf_begin(file, ELF_C_READ, NULL) : NULL;
    while (elf != NULL && (section = elf_nextscn(elf, section)) != NULL)
        if (gelf_getshdr(section, &header) != NULL &&
            header.sh_type == SHT_SYMTAB)
            look_through(elf, section, &header, see, more);
    if (elf != NULL)
        elf_end(elf);
    if (file >= 0)
        close(file);
}
