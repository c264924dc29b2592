// Prints the programs of an object as cilium/ebpf links them: name, blank, the instructions in hexadecimal with maps as zero.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"

	"github.com/cilium/ebpf"
)

func main() {
	objects, err := ebpf.LoadCollectionSpec(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for name, program := range objects.Programs {
		for i := range program.Instructions {
			if program.Instructions[i].IsLoadFromMap() {
				program.Instructions[i].Constant = 0
			}
		}
		var out bytes.Buffer
		if err := program.Instructions.Marshal(&out, binary.LittleEndian); err != nil {
			fmt.Fprintln(os.Stderr, name, err)
			os.Exit(1)
		}
		fmt.Printf("%s %x\n", name, out.Bytes())
	}
}
