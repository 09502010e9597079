/// Reads for those who ask about one user: their orders, balances and postings, page by page.
///
/// Nothing here decides or changes anything but the audit log. Child activities are never summed:
/// what is read says whose and which stage's it is (APART).
@NullMarked
package dev.lantern.ordercenter.inquiry;

import org.jspecify.annotations.NullMarked;
