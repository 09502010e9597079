package dev.lantern.example;

import dev.lantern.order.v1.AwardType;
import dev.lantern.order.v1.IssueRewardRequest;
import dev.lantern.sdk.*;
import dev.lantern.sdk.order.Issued;
import java.nio.file.Path;
import java.util.Optional;

/// Issues a reward, counts it, settles its user. Arguments: the certificates' folder, the mesh's port, an activity.
class Example {
  public static void main(String[] args) throws InterruptedException {
    Path pki = Path.of(args[0]);
    Where mesh = new Where("127.0.0.1", Integer.parseInt(args[1]), pki.resolve("upstream.crt"), pki.resolve("upstream.key"), pki.resolve("ca.crt"));
    var reward = IssueRewardRequest.newBuilder().setActId(System.nanoTime()).setAppId(1).setActivityId(args[2])
        .setSceneId(args[2] + "-s").setRainId(1).setAwardType(AwardType.AWARD_TYPE_CASH_RED_PACKET).build();
    try (Lantern lantern = Lantern.connect(mesh)) {
      var issued = lantern.writer("example", Optional.of(Path.of("target/journal"))).counter(args[2] + ".issued");
      var shown = lantern.counters().counter(args[2] + ".issued");
      var free = lantern.budgets().read("t-" + args[2]); // Asked for from now on.
      switch (lantern.orders().issue(reward)) {
        case Issued.Accepted(var order) -> issued.add(order.getAward().getAmountFen());
        case Issued.Refused(var why) -> System.out.println("refused: " + why);
        case Issued.Open(var again, var _) -> System.out.println("to be issued again, as it is: " + again);
      }
      System.out.println("settled: " + lantern.settlement().force(reward.getActId(), args[2]));
      for (int i = 0; i < 40 && (shown.value() < issued.total() || free.isEmpty()); i++, free = lantern.budgets().read("t-" + args[2])) Thread.sleep(250);
      System.out.println("counted: " + shown.value() + " fen, of " + issued.total() + " here; left: " + free.map(it -> it.budget().getFree() + " fen " + it.age().toMillis() + " ms ago"));
    }
  }
}
