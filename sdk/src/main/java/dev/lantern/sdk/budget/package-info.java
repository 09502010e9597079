/// What is left of budgets, read locally, with its age.
@NullMarked
package dev.lantern.sdk.budget;

import org.jspecify.annotations.NullMarked;
