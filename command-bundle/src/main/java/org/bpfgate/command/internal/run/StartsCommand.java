package org.bpfgate.command.internal.run;

/** A verb that starts a command: its exit code is the command's own, or {@code 125} to {@code 127} when the command was not started. */
public interface StartsCommand {}
