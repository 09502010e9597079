/// Tests.
@NullMarked
package dev.lantern.cli.stack.service;

import org.jspecify.annotations.NullMarked;
