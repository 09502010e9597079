package dev.lantern.ordercenter;

import dev.lantern.ordercenter.campaign.Campaigns;
import dev.lantern.ordercenter.reconcile.Alarms;
import dev.lantern.ordercenter.reconcile.Declarations;
import dev.lantern.ordercenter.reconcile.FindingStreams;
import dev.lantern.ordercenter.reconcile.Ids;
import dev.lantern.ordercenter.reconcile.MysqlFindingStore;
import dev.lantern.ordercenter.reconcile.MysqlManifestStore;
import dev.lantern.ordercenter.reconcile.MysqlRunStore;
import dev.lantern.ordercenter.reconcile.ReconciliationService;
import dev.lantern.ordercenter.reissue.MysqlReissueStore;
import dev.lantern.ordercenter.reissue.ReissueDesk;
import dev.lantern.ordercenter.reissue.ReissueService;
import dev.lantern.stores.sql.Database;
import java.security.SecureRandom;
import java.time.InstantSource;

/// What the role `api` serves of reconciliation and reissue. The work is the role settle's.
record OperatorWiring(
    ReconciliationService reconciliation, ReissueService reissue, FindingStreams streams) {

  static OperatorWiring of(Database database, Campaigns campaigns, InstantSource clock) {
    Ids ids = new Ids(new SecureRandom()::nextLong);
    // What is served here opens no finding.
    var findings = new MysqlFindingStore(database, ids, new Alarms(false, "", ids));
    var declarations = new Declarations(campaigns, clock);
    var streams = new FindingStreams(findings::changedSince, clock);
    var reissues = new MysqlReissueStore(database);
    return new OperatorWiring(
        new ReconciliationService(
            new MysqlManifestStore(database, ids),
            new MysqlRunStore(database, ids),
            findings,
            declarations,
            streams,
            clock),
        new ReissueService(new ReissueDesk(reissues, findings, declarations, clock), reissues),
        streams);
  }
}
