import './speed.ts'
import './detector.ts'
import './campaign.ts'
