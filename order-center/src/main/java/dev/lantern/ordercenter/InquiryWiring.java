package dev.lantern.ordercenter;

import dev.lantern.ordercenter.inquiry.BooksInquiry;
import dev.lantern.ordercenter.inquiry.Inspection;
import dev.lantern.ordercenter.inquiry.MysqlUserBooks;
import dev.lantern.ordercenter.inquiry.MysqlUserOrders;
import dev.lantern.ordercenter.inquiry.OrderInquiry;
import dev.lantern.ordercenter.inquiry.OrderList;
import dev.lantern.ordercenter.inquiry.RedisOutstanding;
import dev.lantern.ordercenter.order.MysqlEpochs;

/// What the role `api` tells of one user's orders and money.
final class InquiryWiring {
  private InquiryWiring() {}

  static OrderInquiry orders(Foundation base) {
    return new OrderInquiry(
        new OrderList(
            new RedisOutstanding(base.redisA),
            new MysqlUserOrders(base.database),
            new MysqlEpochs(base.database)),
        new Inspection(base.database));
  }

  static BooksInquiry books(Foundation base) {
    return new BooksInquiry(new MysqlUserBooks(base.database), new Inspection(base.database));
  }
}
