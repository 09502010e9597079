package dev.lantern.ordercenter.campaign;

import dev.lantern.order.v1.AwardType;

/// Something a scene can give: its kind, the budget that pays, how its amount is drawn.
public record Reward(
    String id,
    String templateId,
    AwardType awardType,
    String budgetId,
    String title,
    DrawTable amount) {}
