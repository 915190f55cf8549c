import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Pane } from '../../design/Pane.tsx'
import { Tabs } from '../../design/Tabs.tsx'
import { AboutSection } from './AboutSection.tsx'
import { ClearSigningSection } from './ClearSigningSection.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import { NetworksSection } from './NetworksSection.tsx'
import { RulesSection } from './RulesSection.tsx'
import { SecuritySection } from './SecuritySection.tsx'
import styles from './SettingsScreen.module.css'
import { TokensSection } from './TokensSection.tsx'

const sections = ['general', 'security', 'rules', 'clearSigning', 'networks', 'tokens', 'about'] as const
export type SettingsSection = (typeof sections)[number]

interface SettingsScreenProps {
  readonly initialSection: SettingsSection
  readonly onOpenBackups: () => void
  readonly onOpenAccounts: () => void
  readonly onOpenCalls: () => void
}

/** What the user may decide about the app. */
export function SettingsScreen({
  initialSection,
  onOpenBackups,
  onOpenAccounts,
  onOpenCalls,
}: SettingsScreenProps) {
  const t = useTranslations('settings')
  const [section, setSection] = useState<SettingsSection>(initialSection)
  return (
    <Pane title={t('title')}>
      <div className={styles.column}>
        <Tabs
          label={t('title')}
          tabs={sections.map((name) => ({ name, label: t(`sections.${name}`) }))}
          selected={section}
          onSelect={setSection}
        >
          {section === 'general' && <GeneralSection />}
          {section === 'security' && (
            <SecuritySection onOpenBackups={onOpenBackups} onOpenAccounts={onOpenAccounts} />
          )}
          {section === 'rules' && <RulesSection />}
          {section === 'clearSigning' && <ClearSigningSection onOpenCalls={onOpenCalls} />}
          {section === 'networks' && <NetworksSection />}
          {section === 'tokens' && <TokensSection />}
          {section === 'about' && <AboutSection />}
        </Tabs>
      </div>
    </Pane>
  )
}
