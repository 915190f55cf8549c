import type { Language } from '../../shared/contract/settings.ts'
import { AppError } from '../../shared/errors/AppError.ts'

/** What the user is told when there is no window yet that could say it. */
type Sentence = 'recordKeptAside' | 'newerRecord' | 'cannotWrite' | 'unknown'

const sentences: Readonly<Record<Language, Readonly<Record<Sentence, string>>>> = {
  en: {
    recordKeptAside:
      'The record of activity and orders is damaged. Your keys and money are not affected. Minato begins with an empty record, and kept the damaged one here:',
    newerRecord:
      'This data folder was last used by a newer Minato. Update the application to open it. Nothing was changed.',
    cannotWrite:
      'Minato cannot write to its data folder. Check that the disk has space and that the folder is yours, then start again. Your keys and money are not affected.',
    unknown:
      'Minato could not start. Your keys and money are not affected. Start it again; the reason is in the folder “logs” of its data folder:',
  },
  ja: {
    recordKeptAside:
      '履歴と注文の記録が壊れています。鍵と資産に影響はありません。Minato は空の記録から始めます。壊れた記録はここに残しました。',
    newerRecord:
      'このデータフォルダは、より新しい Minato で使われています。開くにはアプリケーションを更新してください。何も変更していません。',
    cannotWrite:
      'データフォルダに書き込めません。ディスクの空きとフォルダの所有者を確かめて、もう一度起動してください。鍵と資産に影響はありません。',
    unknown:
      'Minato を起動できませんでした。鍵と資産に影響はありません。もう一度起動してください。原因はデータフォルダの「logs」にあります。',
  },
  'zh-Hant': {
    recordKeptAside:
      '活動與訂單的紀錄已損壞，你的金鑰和資產不受影響。Minato 會從空白紀錄開始，損壞的紀錄保留在這裡：',
    newerRecord: '這個資料夾最後由較新的 Minato 使用。請更新程式後再開啟。沒有任何變更。',
    cannotWrite:
      'Minato 無法寫入資料夾。請確認磁碟有空間、資料夾屬於你，然後重新啟動。你的金鑰和資產不受影響。',
    unknown: 'Minato 無法啟動，你的金鑰和資產不受影響。請重新啟動；原因記錄在資料夾的「logs」裡：',
  },
  'zh-Hans': {
    recordKeptAside:
      '活动与订单的记录已损坏，你的密钥和资产不受影响。Minato 会从空白记录开始，损坏的记录保留在这里：',
    newerRecord: '这个数据文件夹最后由较新的 Minato 使用。请更新程序后再打开。没有任何更改。',
    cannotWrite:
      'Minato 无法写入数据文件夹。请确认磁盘有空间、文件夹属于你，然后重新启动。你的密钥和资产不受影响。',
    unknown: 'Minato 无法启动，你的密钥和资产不受影响。请重新启动；原因记录在数据文件夹的“logs”里：',
  },
}

/** Says in the user's language what kept Minato from starting, that nothing is lost by it, and what to do. */
export function describeStartFailure(thrown: unknown, language: Language, dataFolder: string): string {
  const words = sentences[language]
  if (isSetAside(thrown)) return `${words.recordKeptAside}\n${thrown.params.keptAs}`
  if (thrown instanceof AppError && thrown.code === 'storage.damaged') return words.newerRecord
  if (thrown instanceof AppError && thrown.code === 'storage.writeFailed') {
    return `${words.cannotWrite}\n${dataFolder}`
  }
  return `${words.unknown}\n${dataFolder}`
}

/** Whether the record was damaged and is out of the way now, so that the next start begins with an empty one. */
export function isSetAside(thrown: unknown): thrown is AppError & { params: { keptAs: string } } {
  return (
    thrown instanceof AppError &&
    thrown.code === 'storage.damaged' &&
    typeof thrown.params.keptAs === 'string'
  )
}
