/// Tests of the command line: what it takes, what it prints, what it exits with.
@NullMarked
package dev.lantern.cli.command;

import org.jspecify.annotations.NullMarked;
