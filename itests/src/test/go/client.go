// Asks the kernel for a few features and loads some programs at the same time, by cilium/ebpf as Debian packs it.
package main

import (
	"fmt"
	"os"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
	"github.com/cilium/ebpf/features"
)

const programs = 4

func load(number int) error {
	program, err := ebpf.NewProgram(&ebpf.ProgramSpec{
		Name:         fmt.Sprintf("go_client_%d", number),
		Type:         ebpf.SocketFilter,
		License:      "GPL",
		Instructions: asm.Instructions{asm.Mov.Imm(asm.R0, int32(number)), asm.Return()},
	})
	if err == nil {
		program.Close()
	}
	return err
}

func main() {
	fmt.Println("xdp:", features.HaveProgramType(ebpf.XDP))
	fmt.Println("ring buffer:", features.HaveMapType(ebpf.RingBuf))
	fmt.Println("ktime:", features.HaveProgramHelper(ebpf.SocketFilter, asm.FnKtimeGetNs))
	fmt.Println("bounded loops:", features.HaveBoundedLoops())
	results := make(chan error)
	for i := 0; i < programs; i++ {
		go func(number int) { results <- load(number) }(i)
	}
	failed := 0
	for i := 0; i < programs; i++ {
		if err := <-results; err != nil {
			fmt.Fprintln(os.Stderr, err)
			failed++
		}
	}
	fmt.Println("failed:", failed)
	if failed > 0 {
		os.Exit(1)
	}
}
