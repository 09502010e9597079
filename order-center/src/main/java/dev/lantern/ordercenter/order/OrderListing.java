package dev.lantern.ordercenter.order;

import dev.lantern.order.v1.ListOrdersRequest;
import dev.lantern.order.v1.ListOrdersResponse;
import dev.lantern.runtime.identity.RequestContext;

/// Lists a user's orders for whoever may read them.
@FunctionalInterface
public interface OrderListing {
  /// One page.
  ///
  /// @throws dev.lantern.runtime.errors.Refused with the reasons of the contract
  ListOrdersResponse list(ListOrdersRequest request, RequestContext context);
}
