/// Ways round: ports on which a trial may stand between two parts of the stack and cut or slow what
/// passes. A stack of the plan `detoured` reaches its dependencies through them.
@NullMarked
package dev.lantern.cli.stack.detour;

import org.jspecify.annotations.NullMarked;
