import type { ErrorMessageKey } from '../errorMessageKey.ts'

export const errors = {
  internal:
    'Minatoの内部で問題が起きました。何も送信されていません。もう一度試し、繰り返す場合はアプリを再起動してください。',
  request_invalid: '解釈できない要求だったため、拒否しました。アプリを再起動して、もう一度試してください。',
  request_timeout: '時間内に応答がありませんでした。もう一度試してください。',
  vault_exists:
    'このパソコンにはすでにウォレットがあります。ロックを解除し、アカウントメニューから追加してください。',
  vault_missing: 'このパソコンにはまだウォレットがありません。作成するか、追加してください。',
  vault_locked: 'ウォレットがロックされています。解除してから、もう一度試してください。',
  vault_wrongPassword:
    'パスワードが違います。キーボードの配列とCaps Lockを確かめて、もう一度入力してください。',
  vault_weakPassword: 'パスワードが弱すぎます。8文字以上にしてください。',
  vault_throttled: 'パスワードの間違いが続きました。少し待ってからもう一度試してください。',
  vault_damaged:
    'ウォレットのファイルが壊れています。バックアップから戻すか、リカバリーフレーズで復元してください。',
  vault_unsupportedVersion:
    '新しいバージョンのMinatoで保存されたウォレットです。アプリを更新して開いてください。',
  vault_kdfOutOfBounds:
    'ウォレットのファイルが異常な計算量を求めています。改ざんのおそれがあるため、バックアップから戻してください。',
  vault_writeFailed:
    'ウォレットを保存できませんでした。ディスクの空きと書き込み権限を確かめて、もう一度試してください。何も失われていません。',
  vault_draftExpired:
    'ウォレットを作る前に、このリカバリーフレーズの期限が切れました。新しいフレーズで最初からやり直してください。',
  vault_confirmationFailed: '単語がフレーズと一致しません。戻って、紙を確かめてください。',
  keychain_unavailable:
    'このパソコンのキーチェーンを使えません。使えるようにしてもう一度試すか、リカバリーキットを使ってください。',
  keychain_lockedOrMissing:
    'キーチェーンにこのウォレットの秘密がないか、ロックされています。解除してもう一度試すか、リカバリーキットを使ってください。',
  keychain_mismatch:
    'キーチェーンにあるのは別のウォレットの秘密です。このウォレットのリカバリーキットを使ってください。',
  keychain_timeout:
    'キーチェーンが応答しません。このウィンドウの後ろの確認画面を探してもう一度試すか、リカバリーキットを使ってください。',
  recoveryKit_invalid: 'リカバリーキットのコードに入力間違いがあります。控えと1文字ずつ見比べてください。',
  recoveryKit_mismatch:
    '別のウォレットまたはバックアップのコードです。これと一緒に控えたものを探してください。',
  phrase_wrongWordCount:
    'リカバリーフレーズは12、15、18、21、24語のいずれかです。抜けがないか確かめてください。',
  phrase_unknownWord:
    '{position, select, none {単語のどれか} other {{position}番目の単語}}がリカバリーフレーズの単語ではありません。つづりを確かめてください。',
  phrase_wrongChecksum:
    '単語の組み合わせが正しくありません。どれかが違うか、順番が入れ替わっています。紙と見比べてください。',
  privateKey_invalid:
    '秘密鍵ではありません。秘密鍵は0～9とa～fの64文字です（先頭の0xはあってもなくてもかまいません）。',
  keystore_invalid:
    'Minatoが読めるキーストアファイルではありません。バージョン3のファイル（JSON）を選んでください。',
  keystore_wrongPassword:
    'このパスワードではキーストアファイルを開けません。保存したときのものを入力してください。',
  keystore_tooCostly:
    'このキーストアファイルは極端に大きな計算を求めています。書き出した元のウォレットで、もう一度書き出してください。',
  shares_invalid:
    '{position, select, none {シェアのどれか} other {{position}番目のシェア}}に入力間違いがあるか、別の組のものです。控えと見比べてください。',
  shares_insufficient: 'シェアが足りません。同じ組のシェアを追加してください。',
  passphrase_wrong:
    'このパスフレーズは別のウォレットのものです。大文字と小文字、空白を確かめて、もう一度入力してください。',
  passphrase_needed: 'このウォレットには、先にパスフレーズが必要です。ウォレットの設定で入力してください。',
  backup_invalid: 'Minatoのバックアップではないか、壊れています。別のファイルを選んでください。',
  backup_wrongPassword:
    'このパスワードではバックアップを開けません。作成したときに決めたものを入力してください。',
  backup_codeNeeded:
    'このファイルには、パスワードのほかにコードが必要です。バックアップのコード、ウォレットファイルの場合はリカバリーキットを、紙の控えで確かめてください。',
  wallet_hasNoSecret:
    'このウォレットにはそれがありません。見るだけのアドレスには鍵がなく、鍵だけのウォレットにはフレーズがありません。',
  path_invalid: 'このパスは使えません。m/44’で始め、アカウントの番号の場所を1つだけ入れてください。',
  wallet_duplicate: 'このウォレットはすでにあります。アカウントメニューで確認できます。',
  wallet_missing: 'このウォレットはもうありません。別のものを選んでください。',
  account_missing: 'このアカウントはもうありません。別のものを選んでください。',
  account_limitReached:
    'このウォレットにはこれ以上アカウントを追加できません。別のウォレットを使ってください。',
  signer_stopped:
    '鍵を扱うプロセスが停止したため、ウォレットをロックしました。解除してから、もう一度試してください。',
  chain_unknown: 'Minatoが知らないネットワークです。別のものを選んでください。',
  chain_unreachable:
    'このネットワークのノードが応答しません。接続を確かめるか、設定で別のノードを指定してください。',
  chain_wrongChainId: 'ノードが別のネットワークのものです。設定で正しいノードを指定してください。',
  chain_behind:
    'ノードがネットワークより遅れています。追いつくのを待つか、設定で別のノードを指定してください。',
  chain_nodesDisagree:
    'このネットワークの2つのノード{node, select, none {} other {（{node} と {other}）}}の答えが食い違っています：{subject, select, balance {残高} nonce {取引の回数} token {トークンの残高} other {最新のブロック}}。どちらの答えも表示せず、送信にも使いません。もう一度試すか、信頼できないノードを設定から外してください。',
  chain_proofFailed:
    '{node, select, none {ノード} other {{node} }}の答えは、チェーン自身の証明と合いません。表示せず、送信にも使いません。設定で別のノードを指定してください。',
  chain_rpcFailed: 'ノードが要求を拒否しました。もう一度試すか、設定で別のノードを指定してください。',
  chain_invalidRpcUrl:
    'ノードのアドレスではありません。https:// を使ってください(このパソコン上なら http:// も可)。',
  chain_alreadyKnown: 'このネットワークはすでにあります。ノードはその名前のところで設定してください。',
  chain_nameTaken: '同じ名前のネットワークがあります。間違えようのない名前を付けてください。',
  tokenList_invalid:
    'トークンリストではありません（{reason, select, name {名前がありません} version {バージョンがありません} tokens {トークンがありません} size {4MBを超えています} other {JSONではありません}}）。入手元を確かめてください。',
  tokenList_unreachable: 'リストを取得できませんでした。https:// のアドレスと接続を確かめてください。',
  tokenList_duplicate: 'このリストの同じバージョンがすでにあります。',
  tokenList_missing: 'このリストはもうありません。',
  chain_noFaucet: 'このネットワークには練習用のお金がありません。',
  chain_faucetRefused: '練習用のチェーンからお金を受け取れませんでした。少し待って、もう一度試してください。',
  address_invalid: 'アドレスまたは名前ではありません。アドレスは0xに続く40文字です。',
  address_wrongChecksum:
    'アドレスに入力間違いがあります(大文字と小文字が合いません)。元からコピーし直してください。',
  name_notFound: 'この名前は誰も使っていないか、アドレスが設定されていません。つづりを確かめてください。',
  name_unsupported: 'このネットワークでは名前を調べられません。アドレスを入力してください。',
  amount_invalid: '数量は数字だけで入力してください。小数点はピリオドを使い、桁区切りは入れません。',
  amount_tooManyDecimals:
    '小数の桁が多すぎます{decimals, select, none {} other {(最大{decimals}桁)}}。桁を減らしてください。',
  amount_zero: '0より大きい数量を入力してください。',
  amount_overBalance: '残高が足りません。数量を減らすか、「全額」を選んでください。',
  fee_notAffordable: '手数料を払うコインが足りません。コインを補充するか、数量を減らしてください。',
  token_unknown: 'Minatoが知らないトークンです。コントラクトのアドレスを確かめてください。',
  multiSend_unavailable:
    'このネットワークには、まとめて送れるコントラクトがありません。一人ずつ送ってください。',
  multiSend_toContract:
    '相手にコントラクトが含まれています。別の人のものとして扱われるおそれがあるため、個別に送ってください。',
  multiSend_repeated: '同じ相手が二度書かれています。金額をまとめてください。',
  transfer_toSelf: '送り元と宛先が同じアカウントです。別の宛先を選んでください。',
  transfer_toTokenContract:
    'トークン自身のコントラクトです。ここに送ると失われます。宛先を確かめてください。',
  transfer_simulationFailed:
    'ノードで送金を試せなかったため、署名には進みません。もう一度試すか、別のノードを指定してください。',
  transfer_wouldRevert:
    'トークンのコントラクトがこの送金を拒否します{reason, select, none {} other {({reason})}}。何も送信されていません。',
  transfer_previewExpired: 'この内容は古くなりました。送金内容をもう一度確認してください。',
  allowance_missing: 'この許可は一覧にもうありません。調べ直してください。',
  allowance_mixed: 'まとめて取り消せません。同じアカウントと同じネットワークのものを選んでください。',
  activity_notReplaceable:
    '{reason, select, settled {すでにブロックに入ったか、取り下げられています。置き換えるものはありません。} private {非公開で送られました。代わりに取り下げてください。その場合、費用はかかりません。} permit {この取引には一度限りの許可が含まれ、繰り返せません。取り消して、今の価格で取引し直してください。} kind {この種類のトランザクションは置き換えられません。} other {Minato が署名したトランザクションではないため、置き換えられません。}}',
  activity_missing: 'この記録はもうありません。履歴を開き直してください。',
  transfer_broadcastFailed:
    'どのノードもトランザクションを受け付けませんでした。何も動いていません。もう一度試すか、別のノードを指定してください。',
  swap_superseded: '新しい問い合わせがあったため、こちらは中止しました。新しい答えをお待ちください。',
  swap_quoteExpired:
    'この見積もりは古くなりました。何も送信されていません。新しい見積もりを確認してください。',
  swap_priceMoved:
    '見積もりのあと、価格が許容範囲を超えて動きました。何も送信されていません。新しい見積もりを確認してください。',
  swap_wouldRevert:
    'コントラクトがこの取引を拒否します{reason, select, none {} other {({reason})}}。何も送信されていません。',
  swap_simulationFailed:
    'ノードでこの取引を試せなかったため、署名に進めません。もう一度試すか、別のノードを指定してください。',
  swap_simulationMismatch:
    'ノードの報告する結果が、Minato の計算と違います。何も送信されていません。もう一度試すか、別のノードを指定してください。',
  swap_channelUnavailable:
    'このネットワークではこの送信方法を使えません。何も送信されていません。別の方法を選んでください。',
  asset_transferRefused:
    '{symbol, select, none {このトークン} other {{symbol}}} を移動できません：{rule, select, paused {発行者がすべての送金を止めています} senderFrozen {送金元が発行者によって凍結されています} recipientFrozen {受取人が発行者によって凍結されています} amountFrozen {残高の一部が凍結されていて、残りでは足りません} senderNotVerified {送金元が確認済みの保有者ではありません} recipientNotVerified {受取人が確認済みの保有者ではありません} senderMayNotSend {送金元は送ることを許されていません} recipientMayNotReceive {受取人は受け取ることを許されていません} partitionClosed {この区分は閉じているか、どちらの側にも認められていません} complianceRefused {資産の規則がこの送金を許していません} deprecated {このコントラクトは新しいものに置き換えられています} other {コントラクトが拒否します}}{words, select, none {} other {（「{words}」）}}。何も送られていません。',
  asset_holdersUnreadable:
    '{symbol, select, none {このトークン} other {{symbol}}} の保有者をこのノードから読み取れませんでした。すべてのログを持つノードを設定して、もう一度お試しください。',
  order_invalid:
    '{reason, select, coin {署名済み注文が動かすのはトークンで、コインではありません。ラップされたものを選んでください。} price {この価格は使えません。ゼロより大きい数を入力してください。} expiry {注文の終わりが早すぎるか遅すぎます。1年以内で、最後の分割より後の日時を選んでください。} sides {価格が互いに矛盾しています。損切りは不利な側、目標は有利な側に置いてください。} sameToken {両方とも同じトークンです。別の2つを選んでください。} unlistedToken {どのリストにもないトークンのため、注文を待機させられません。リストにあるものを選んでください。} noMarket {今はこの2つをつなぐ市場がなく、市場価格がありません。価格を指定してください。} noTriggerMarket {この2つを直接、または主要なトークンを1つ挟んでつなぐプールがないため、注文は発動しません。別の組み合わせを選んでください。} noVenue {このネットワークにはMinatoが知る取引所がありません。} bracketSide {ブラケット注文は先に買い、後で売ります。逆にするにはトークンを入れ替えてください。} timeInForce {すぐに実行できるのは指値と成行だけです。別の期間を選んでください。} minimumFill {最小約定量が注文より大きくなっています。小さくしてください。} postOnly {待つだけの注文は指値のみです。指値を選んでください。} size {この数量は注文に合いません。確かめてください。} other {このままでは注文できません。数量、価格、日時を確かめてください。}}',
  order_refused:
    'この注文は受け付けられませんでした。待機している注文はありません。確かめてもう一度お試しください。',
  order_missing: 'この注文はもうありません。',
  order_notOpen: 'この注文はすでに終わっているため、何も変えていません。',
  order_busy: 'この注文の約定が進行中です。届くのを待って、もう一度お試しください。',
  order_wouldCross:
    'この注文はすぐに約定してしまいますが、待つように指定されています。もっと離れた価格を選んでください。',
  order_notFilledAtOnce:
    '今の市場では、この価格で全量を約定できません。待機している注文はありません。別の価格にするか、注文を待たせてください。',
  order_notFillable:
    '{reason, select, amount {この数量では何も約定できません。別の数量にしてください。} forSomebodyElse {この注文を約定できるのは指定されたアドレスだけで、このアカウントではありません。そのアカウントを選んでください。} expired {この注文は終了しました。} usedUp {この注文は約定済みか、取り消されています。} unfunded {注文した人が、渡すトークンを持っていないか、許可していません。本人に確認してください。} own {この注文はこのアカウント自身のものです。別のアカウントで約定するか、取り消してください。} allowance {この注文に必要な許可はすでにあります。} other {この注文は今は約定できません。}}',
  order_unreadable:
    '{reason, select, newerVersion {この注文は新しいMinatoで書かれています。読むには更新してください。} damaged {この注文は壊れています。全体がコピーされていることを確かめて、もう一度もらってください。} signature {署名が、注文に書かれた人のものではありません。送り元を信用しないでください。} unsupported {この注文は二つの数量の交換以上のことをするため、内容を正しく説明できません。Minatoでは使いません。} chain {この注文のネットワークはオフです。設定でオンにしてください。} contract {Minatoの知らないコントラクトへの注文です。使わないでください。} other {署名済み注文ではありません。Minatoが保存したファイルを選ぶか、リンク全体を貼り付けてください。}}',
  order_known: 'この注文はすでにあります。',
  order_publicOnly:
    'このネットワークでは、約定が成立前に全員に見えます。続けるには公開での送信を許可してください。',
  signing_beyondIntent:
    '試したところ、この取引は依頼と違うことをしました: {reason, select, otherTokenLeaves {別のものがアカウントから出ます} leavesMore {示された以上の量が出ます} otherRecipient {別の相手に渡ります} movesNothing {どこにも何も届きません} arrivesLess {約束の最低量に届きません} otherAllowance {誰かがあなたのトークンを取れるようになります} givesAll {誰かがコレクション全体を取れるようになります} givesOwnership {コントラクトを手放すことになります} delegateCall {他人のコードがアカウントの名で動きます} other {説明のつかない動きです}}。署名していません。',
  signing_wouldFail:
    'ノードで試したところ、コントラクトがこの取引を拒みました{reason, select, none {} other {（{reason}）}}。署名していません。',
  registry_known: 'このコントラクトはすでに登録されています。',
  registry_unreadable:
    'あなたの登録ファイルが読めないため、何も変更していません。先に直すか削除してください。',
  payment_noRate:
    'このネットワークでは{symbol, select, none {この通貨} other { {symbol} }}の価値を示すフィードがありません。別の通貨かネットワークをお選びください。',
  payment_noCoin:
    '{symbol, select, none {この通貨} other { {symbol} }}で支払えるコインがここにありません。別の通貨のコインをお選びください。',
  payment_tooLittle:
    '足りない分を買えるだけの保有がこのネットワークにありません。金額を減らすか、先に両替してください。',
  payment_noRoute:
    'この金額では{symbol, select, none {このコイン} other { {symbol} }}へのプールがありません。別のコインをお選びください。',
  shelter_noRoute:
    '今は {symbol, select, none {このコイン} other {{symbol}}} に交換できるプールがないため、ここで止まります。移した分はそのままです。バスケットを変えるか、後でもう一度お試しください。',
  shelter_basketInvalid: 'バスケットの割合は合計100%、各コインは1回だけにしてください。',
  shelter_alreadyArmed: 'すでに自動避難が設定されています。先に解除してください。',
  shelter_planMissing: 'この計画はもうありません。新しいプレビューをご覧ください。',
  call_dataInvalid: '呼び出しのデータではありません。0xで始まり、0〜9とa〜fの文字が偶数個続きます。',
  signing_notApproved: 'トランザクションは承認されませんでした。署名もされていません。',
  signing_expired: '承認の前に期限が切れました。署名はされていません。送金内容をもう一度確認してください。',
  signing_unknownRequest:
    '署名プロセスがこの要求を知りません。署名はされていません。送金内容をもう一度確認してください。',
  signing_digestMismatch:
    '表示した後に、署名するバイト列が変わりました。署名はされていません。繰り返す場合は、このパソコンを使わないでください。',
  signing_undecodable: 'このトランザクションの内容を読み取れないため、署名しません。',
  signing_wrongAccount: '別のアカウントのトランザクションです。署名はされていません。',
  signing_busy: '別の承認が開いています。先にそちらを決めてください。',
  signing_watchOnly: '見るだけのアドレスです。鍵がこの金庫にないため、署名できません。',
  signing_wrongChain: 'このメッセージは、使用中のものとは別のネットワーク向けです。署名していません。',
  signing_delegateNotAllowed:
    'このコントラクトにアカウントを任せることは認められていません。署名していません。',
  rule_missing: 'この常設ルールはもうありません。新しく作ってください。',
  rule_invalid: 'この常設ルールはこのままでは使えません。金額と日付を確かめてください。',
  rule_notCovered: 'これを認める常設ルールがありません。署名していません。',
  storage_damaged:
    '履歴の記録が壊れています。鍵と資産に影響はありません。データフォルダをバックアップから戻してください。',
  storage_writeFailed: 'データフォルダに書き込めません。ディスクの空きを確かめて、もう一度試してください。',
  settings_invalid: 'この設定は使えません。別の値を選んでください。',
  file_writeFailed: 'ファイルを保存できませんでした。別の場所を選ぶか、ディスクの空きを確かめてください。',
} as const satisfies Record<ErrorMessageKey, string>
